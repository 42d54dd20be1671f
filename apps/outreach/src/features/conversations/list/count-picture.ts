import { countWords } from './counted-title.ts'

const SIZE = 64

/** A number in a coloured square, as a data URL; undefined where nothing can be drawn. */
export function countPicture(count: number): string | undefined {
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
