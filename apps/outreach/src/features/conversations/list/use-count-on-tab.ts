import { later, useLater } from '@sax/ui/later'
import { useEffect } from 'react'
import { countedTitle } from './counted-title.ts'

/** The title says it first; the picture follows when the browser is idle. */
export const countPictureCode = later(async () => (await import('./count-picture.ts')).countPicture)

/** Shows a count in the title and the icon of the browser's tab. */
export function useCountOnTab(count: number) {
  const countPicture = useLater(countPictureCode, false)
  useEffect(() => {
    const show = () => {
      const title = countedTitle(document.title, count)
      if (document.title !== title) document.title = title
    }
    show()
    // The router writes the title of the page it comes to, at a time of its own.
    const observer = new MutationObserver(show)
    observer.observe(document.head, { subtree: true, childList: true, characterData: true })
    return () => {
      observer.disconnect()
      document.title = countedTitle(document.title, 0)
    }
  }, [count])

  useEffect(() => {
    if (count === 0 || countPicture === undefined) return
    const picture = countPicture(count)
    if (picture === undefined) return
    const link = document.createElement('link')
    link.rel = 'icon'
    link.href = picture
    document.head.append(link)
    return () => link.remove()
  }, [count, countPicture])
}
