/**
 * Headers that an edge function neither sees nor may add.
 * @source AWS CloudFront Developer Guide, "Restrictions on all edge functions": disallowed headers
 */
const DISALLOWED: ReadonlySet<string> = new Set([
  ...['connection', 'expect', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['trailer', 'upgrade', 'x-accel-buffering', 'x-accel-charset', 'x-accel-limit-rate', 'x-accel-redirect'],
  ...['x-amzn-auth', 'x-amzn-cf-billing', 'x-amzn-cf-id', 'x-amzn-cf-xff', 'x-amzn-errortype'],
  ...['x-amzn-fle-profile', 'x-amzn-header-count', 'x-amzn-header-order', 'x-amzn-lambda-integration-tag'],
  ...['x-amzn-requestid', 'x-cache', 'x-forwarded-proto', 'x-real-ip'],
])

const DISALLOWED_PREFIXES = ['x-amz-cf-', 'x-edge-']

/**
 * Headers that a function may read and not add, change or delete.
 * @source AWS CloudFront Developer Guide, "Restrictions on all edge functions": read-only headers in viewer request
 * events; those of viewer response events are documented only second-hand
 */
const READ_ONLY = {
  'viewer-request': ['content-length', 'host', 'transfer-encoding', 'via'],
  'viewer-response': ['warning', 'via'],
} as const

/** When a function runs. */
export type EventType = keyof typeof READ_ONLY

/** True for a header, in lower case, that no function sees or adds. */
export function isDisallowed(name: string): boolean {
  return DISALLOWED.has(name) || DISALLOWED_PREFIXES.some((prefix) => name.startsWith(prefix))
}

/** Headers, in lower case, that must leave a function as they came. */
export function readOnlyHeaders(event: EventType): readonly string[] {
  return READ_ONLY[event]
}
