/** The part of a request of an HTTP API that is looked at. */
interface ApiRequest {
  readonly rawPath: string
  readonly requestContext: { readonly stage: string; readonly http: { readonly method: string } }
  readonly body?: string | null
}

/**
 * A request of the HTTP API as the application knows it: without the stage's name, with which the API begins the path
 * under AWS's own name and under a domain of ours alike, and without the body of a request that cannot have one.
 * @source API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs" (payload format 2.0);
 *   github.com/CodeGenieApp/serverless-express, issue 465 (what `rawPath` is under either name)
 */
export function withoutStage<Event extends ApiRequest>(event: Event): Event {
  const { stage, http } = event.requestContext
  const bodiless = http.method === 'GET' || http.method === 'HEAD'
  return { ...event, rawPath: pathBelow(`/${stage}`, event.rawPath), ...(bodiless ? { body: null } : {}) }
}

function pathBelow(prefix: string, path: string): string {
  if (path === prefix) return '/'
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path
}
