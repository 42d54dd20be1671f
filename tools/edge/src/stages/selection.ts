import type { OriginRequestPolicySettings } from '@sax/topology/cloudfront'

/** What both policies of a behaviour say about headers, cookies or queries. */
type Selecting = OriginRequestPolicySettings['headers'] | undefined

/** True when a policy picks `name` (lower case for headers). A header that CloudFront makes is only ever picked by name. */
export function picks(selection: Selecting, name: string): boolean {
  switch (selection?.behavior) {
    case undefined:
    case 'none':
      return false
    case 'all':
    case 'allViewerAndWhitelistCloudFront':
      return true
    case 'whitelist':
      return selection.names.includes(name)
    case 'allExcept':
      return !selection.names.includes(name)
  }
}

/** True when a policy lists `name` itself. */
export function namesHeader(selection: Selecting, name: string): boolean {
  if (selection === undefined || !('names' in selection) || selection.behavior === 'allExcept') return false
  return selection.names.includes(name)
}

/** The pairs of a query or a Cookie header that either policy picks, in the viewer's order and spelling. */
export function pickedPairs(text: string, separator: '&' | '; ', selections: readonly Selecting[]): string {
  if (selections.some((selection) => selection?.behavior === 'all')) return text
  return text
    .split(separator.trim())
    .map((pair) => (separator === '&' ? pair : pair.trim()))
    .filter((pair) => pair !== '' && selections.some((selection) => picks(selection, nameOf(pair))))
    .join(separator)
}

function nameOf(pair: string): string {
  const end = pair.indexOf('=')
  return end === -1 ? pair : pair.slice(0, end)
}
