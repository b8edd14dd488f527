/**
 * 1,024 short English words that a child can read and type. First passwords are made of them: another word, or another
 * order, and every one that is printed on a card would be wrong. So this list stays as it is.
 */
export const FIRST_PASSWORD_WORDS: readonly string[] = `
able acorn acre actor add adopt agent agile aim air alarm album alert alloy alpha amber ample amuse angle ankle ant
apple apron apt aqua arc arch arena aroma arrow art aspen atlas atom attic audio aunt aura auto award axis baby
bacon badge bagel bake baker ball band banjo bank barn basil bask bay beach bead beak beam bean bear beard bee bell
belt bench berry bike bingo birch bird bison blaze blend blink bliss block bloom blue board boat bolt book boost
bound bowl box brace braid brain brass brave bread brick bride brief bring broad broom brown brush bud bugle build
bulb bunch bunny buoy burst bus bush buzz cabin cable cacao cake calf calm camel candy cane canoe cape carat card
care carol cart case cat catch cave chain chair chalk champ charm chart chat check cheek cheer chef chess chest
chick chili chin chip choir chord chunk city civic claim clam clap class clay clean clear cleat cliff climb clip
clock cloth cloud clove clown club coach coat cocoa coin cola color comb comet comic cone cook cool copy coral cord
corgi corn cosy couch count cover cow cozy crab cream creed creek crown crush cub cube cubic cup curl curry curve
dairy daisy dance dash date dawn day deck decor deer depth desk dew dial diary dice diet digit diner dingo disco
dish disk ditto dive dizzy dock dodge dog doll dome donut door dot dough dove down draft drama draw dream dress
drift drive drop drum dry duck dune dust eagle early earth easel east easy echo edge eel egg elbow elf elm ember
empty enjoy enter epic equal event exact extra fable face fact fair fairy fall fame fancy farm fast fawn feast fern
ferry fiber field fifty fig film finch find fine fire first fish five fizz flag flame flap flash flat flip float
flock flood floor flora flour flow fluff fly foam focus fog fold folk food foot fork fort forum four fox frame free
fresh fries frog frost fruit fudge fun fuzzy gain gala game gate gear gecko gem giant gift giga give glad glass
glaze gleam glee glide globe glory glove glow glue goal goat gold golf good goose grain grand grape graph grass
gravy great green grey grid grill grin grip group grove grow guard guide gull habit half hall halo hand happy hare
harp hat haven hawk hay hazel heart heat heavy hedge hello help hen herb hero hike hill hint hippo hobby hold holly
home honey honor hoof hope horn horse hotel hour house hub huge hugs hum human humor husky hut ice icing icon idea
igloo index input iris item ivory ivy jam jar jay jazz jeans jelly jet jewel jig job joey jog join joke jolly joy
juice juicy jumbo jump kayak keen keep key kick kid kilt kind king kite kitty kiwi knee knit knot koala label lace
lad lake lamb lamp land lane large lark laser laugh lawn leaf leap learn lemon lens level lever light lilac lily
link lion list llama lobby local loft logic logo long look loom loop lotus loud love loyal luck lucky lunar lunch
lute lynx macaw magic magma mango maple march mark mask mast match math maze meal medal melon melt menu merry metal
meter mild milk mill mind mint mist mix model mole moon moose moss motor mount mouse mouth move movie mud mug music
myth nail name nap navy neat nest net new nice night nine noble nod noise noon north nose note novel nut oak oar
oasis oat oboe ocean olive omega one onion open opera order otter oval oven over owl pace pack page paint pair palm
pan panda paper park part party pass pasta paste patch path patio paw pea peace peach peak pear pearl pedal peel peg
pen penny perch petal phone photo piano pick pie pier pilot pin pine pink pipe pixel pizza place plain plan plane
plant plate play plaza plum plus plush poem poet point polar polka polo pond pony pool pop poppy porch port post
pouch power press pride prize proof proud pug pulp puma pup pure quack quail quart queen quest quick quiet quilt
quiz race radar radio rain raise rake ram ramp ranch range rapid ray reach read ready reed relax relay remix rest
rhyme rice rich ride ridge right rinse ripe rise river road robe robin robot rock rodeo role roll roof room root
rope rose round route row royal ruby rug ruler run rush safe sail salad salsa salt same sand sauce save scale scarf
scene scoop score scout sea seat seed sense seven shade shape share shark sharp shed sheep shelf shell shine ship
shirt shoe shop shore short show shrew silk silly sink six size skate ski skill skin skip skirt skunk sky slate sled
sleep slice slide sloth slow small smart smile snack snail snap snow snowy soap soar soda sofa soft soil solar solid
solo sonar song soul sound soup south space spark speed spell spice spike spin spoke spoon sport spot spray spree
spy squad squid stack staff stage stair stamp stand star start state stay steak steam steel stem step still stone
stop store storm story stove straw study style sugar suit suite sum sun sunny super swan swap sweet swift swim swing
swirl table taco tail tall tango tape task taste taxi tea teach team teddy teen tempo ten tenor tent test text thank
think third three tide tidy tiger tile timer tin tiny tip toad toast today toe token tone tool tooth topaz topic
total tour towel tower town toy trace track trade trail train tray treat tree trek trend trick trio trip trout truck
true trunk trust truth tub tube tulip tuna tune tunic turbo turn twin twirl twist two ultra unit valid value van
vase vest video view villa vine viola visit vista vivid voice vote vowel wagon walk wall waltz wand warm wash watch
water wave way whale wheel whisk white wide wild will wind wing wink wise wish wolf wool word work world yak yard
yarn year young zebra zero zip zone zoom
`
  .trim()
  .split(/\s+/);
