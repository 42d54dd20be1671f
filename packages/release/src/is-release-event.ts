/**
 * True for an event of a release: everything else is left to whoever answers HTTP. Apart from what reads such an event,
 * so that a request need not wait until that is loaded.
 */
export function isReleaseEvent(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'sax' in event
}
