type Dated = { readonly version: string };

/** Two reports that are made from the same state of the record: both are read once more where it moved between them. */
export async function ofOneState<One extends Dated, Other extends Dated>(
  read: () => Promise<[One, Other]>,
): Promise<[One, Other]> {
  const [one, other] = await read();
  return one.version === other.version ? [one, other] : read();
}
