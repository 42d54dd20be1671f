import { outreachApiPath } from '@sax/topology'

/** Where a picture is served to who may see it. Another `attempt` is another address: a browser does not repeat one that failed. */
export function pictureUrl(id: string, attempt = 0): string {
  const path = outreachApiPath('media', id)
  return attempt === 0 ? path : `${path}?attempt=${attempt}`
}
