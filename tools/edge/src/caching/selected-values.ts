import type { Selection } from '@sax/topology/cloudfront'

/** The whitelisted headers a viewer sent, by name; lower case, sorted. Names are not told apart by case, values are. */
export function selectedHeaders(selection: Selection, viewer: Headers): Readonly<Record<string, string>> {
  const selected: Record<string, string> = {}
  if (selection.behavior !== 'whitelist') return selected
  for (const name of selection.names.map((one) => one.toLowerCase()).sort()) {
    const value = viewer.get(name)
    if (value !== null) selected[name] = value
  }
  return selected
}

/**
 * The cookies a selection takes, `name=value`, sorted by name. Names and values count case.
 * @source AWS CloudFront Developer Guide, "Cache content based on cookies"
 */
export function selectedCookies(selection: Selection, viewer: Headers): readonly string[] {
  if (selection.behavior === 'none') return []
  const sent = (viewer.get('cookie') ?? '').split(';').map((one) => one.trim())
  return sortedByName(sent.filter((one) => one !== '' && isSelected(selection, nameOf(one))))
}

/**
 * The query strings a selection takes, as sent. Whitelisted ones are sorted by name; all others keep the viewer's order,
 * which therefore tells objects apart.
 * @source AWS CloudFront Developer Guide, "Cache content based on query string parameters"
 */
export function selectedQueryStrings(selection: Selection, query: string): readonly string[] {
  if (selection.behavior === 'none' || query === '') return []
  const sent = query.split('&')
  if (selection.behavior === 'all') return sent
  const taken = sent.filter((one) => isSelected(selection, nameOf(one)))
  return selection.behavior === 'whitelist' ? sortedByName(taken) : taken
}

function isSelected(selection: Selection, name: string): boolean {
  if (!('names' in selection)) return selection.behavior === 'all'
  return selection.names.includes(name) === (selection.behavior === 'whitelist')
}

function nameOf(pair: string): string {
  const end = pair.indexOf('=')
  return end === -1 ? pair : pair.slice(0, end).trim()
}

/** Stable: values of one name keep their order. */
function sortedByName(pairs: readonly string[]): readonly string[] {
  return [...pairs].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b))))
}
