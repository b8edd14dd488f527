/** What every report that comes in pages says of them. */
export const PAGING =
  "`cursor` is `meta.next_cursor` of the page before: with it, older rows come in pages of `limit`, each once, whatever " +
  "is answered meanwhile. A CSV holds them all unless a page is asked for.";
