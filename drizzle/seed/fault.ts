/** What is wrong with the catalog, and where. */
export type Fault = { where: string; problem: string };
