import type { InternalEvent } from '@opennextjs/aws/types/open-next'

export interface FirstPage {
  /** Path of a zone's first page, which is not the site's. */
  readonly path: string
  /** What Next calls the build, asked for when it is needed. */
  readonly build: () => string
}

/**
 * A request for the data of a zone's first page, as OpenNext makes it of the data of every other page. Of this one it
 * makes `/zone/`, with a slash too many, and answers with the way to `/zone`, which is the page and not its data.
 * @source opennextjs-aws 4.1.12, `core/routing/matcher`, `fixDataPage` and `handleTrailingSlashRedirect`
 */
export function firstPageData(request: InternalEvent, { path, build }: FirstPage): InternalEvent {
  if (!request.rawPath.startsWith(`${path}/_next/data/`) || !request.rawPath.endsWith('/index.json')) return request
  if (request.rawPath !== `${path}/_next/data/${build()}/index.json`) return request
  // The address stays as it came: by that Next tells data from the page.
  return {
    ...request,
    rawPath: path,
    query: { ...request.query, __nextDataReq: '1' },
    headers: { ...request.headers, 'x-nextjs-data': '1' },
  }
}
