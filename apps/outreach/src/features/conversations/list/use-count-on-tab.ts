'use client'

import { useEffect } from 'react'
import { countedTitle, countWords } from './counted-title.ts'

const SIZE = 64

/** Shows a count in the title and the icon of the browser's tab. */
export function useCountOnTab(count: number) {
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
    const picture = count === 0 ? undefined : countPicture(count)
    if (picture === undefined) return
    const link = document.createElement('link')
    link.rel = 'icon'
    link.href = picture
    document.head.append(link)
    return () => link.remove()
  }, [count])
}

/** A number in a coloured square, as a data URL; undefined where nothing can be drawn. */
function countPicture(count: number): string | undefined {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE
  canvas.height = SIZE
  const pen = canvas.getContext('2d')
  if (pen === null) return undefined
  const words = countWords(count)
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  pen.fillStyle = token('--danger-solid')
  pen.beginPath()
  pen.roundRect(0, 0, SIZE, SIZE, SIZE / 4)
  pen.fill()
  pen.fillStyle = token('--danger-foreground')
  pen.font = `700 ${words.length > 2 ? 30 : 42}px sans-serif`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(words, SIZE / 2, SIZE / 2 + 3)
  return canvas.toDataURL('image/png')
}
