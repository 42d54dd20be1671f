/** All items of a list that AWS hands out in pages. `read` gets the token of the page before; an empty token ends the list. */
export async function everyPage<Item>(
  read: (token: string | undefined) => Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }>,
): Promise<readonly Item[]> {
  const all: Item[] = []
  let token: string | undefined
  do {
    const { items, next } = await read(token)
    all.push(...items)
    token = next === '' ? undefined : next
  } while (token !== undefined)
  return all
}
