import Router, { useRouter } from 'next/router'
import { useMemo } from 'react'
import { softPath, zonePath } from './soft-path.ts'

/** Soft navigation in code, with paths as the topology makes them. Stable for `useMemo` and `useEffect`. */
export function useZoneRouter() {
  const { push, replace } = useRouter()
  return useMemo(
    () => ({
      push: (path: string) => void push(softPath(path)),
      replace: (path: string) => void replace(softPath(path)),
      /** Another query for the page one is on. Not a navigation: the page keeps everything a person has typed. */
      changeQuery: (path: string) => void replace(softPath(path), undefined, { shallow: true, scroll: false }),
    }),
    [push, replace],
  )
}

/** Path of the page, with the base path and without the query. */
export function usePagePath(): string {
  const { asPath } = useRouter()
  return zonePath(asPath.split(/[?#]/, 1)[0] ?? '/')
}

/** The query of the page's address. */
export function usePageQuery(): URLSearchParams {
  const { asPath } = useRouter()
  const query = asPath.split('#', 1)[0]?.split('?')[1] ?? ''
  return useMemo(() => new URLSearchParams(query), [query])
}

/** The id in the page's path; undefined on a page without one. */
export function usePageId(): string | undefined {
  const { id } = useRouter().query
  return typeof id === 'string' ? id : undefined
}

let awaited: string | undefined

// Of the browser's one router, and from the beginning: a part of a page that listened for itself might come too late.
if (typeof window !== 'undefined') {
  Router.events.on('routeChangeStart', (url: string, { shallow }: { shallow: boolean }) => {
    awaited = shallow ? undefined : url.split(/[?#]/, 1)[0]
  })
  // A page is given up for another, which is awaited in its place, or the browser loads it anew.
  Router.events.on('routeChangeComplete', () => {
    awaited = undefined
  })
}

/**
 * Path of the page that was asked for last, while it is on its way; undefined: it is there. For what a key asks for,
 * because keys come faster than pages.
 */
export function awaitedPath(): string | undefined {
  return awaited
}
