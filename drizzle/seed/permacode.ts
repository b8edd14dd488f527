const SIGNS = "CDFHJKMNPQRTVWXY2346789";
/** 16 × 23³: that many codes have four characters. */
const CODES = 194_672;

/** The permacode of the seed's skill with this id; `permacode_of` of the database says the same. Those made elsewhere are longer. */
export function permacodeOf(id: number): string {
  let spread = ((id % CODES) * 120_307 + 48_611) % CODES;
  let further = Math.floor(id / CODES);
  let code = SIGNS.charAt(spread % 16);
  spread = Math.floor(spread / 16);
  for (let place = 0; place < 3; place += 1) {
    code += SIGNS.charAt(spread % 23);
    spread = Math.floor(spread / 23);
  }
  for (; further > 0; further = Math.floor(further / 23)) code += SIGNS.charAt(further % 23);
  return code;
}
