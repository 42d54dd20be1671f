import { sizeWords } from '../thread/picture-words.ts'

/** What can be sent. The contract's own lists would bring its schemas to the page; a test compares them. */
export const pictureTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/gif']
export const LARGEST_PICTURE_BYTES = 4 * 1024 * 1024

/** Why a file cannot be sent as a picture, for who chose it; undefined: it can. */
export function pictureProblem({ type, size }: { readonly type: string; readonly size: number }): string | undefined {
  if (!pictureTypes.includes(type)) return 'This is not a picture that can be sent. Choose a JPEG, a PNG or a GIF.'
  if (size === 0) return 'This file is empty. Choose another one.'
  if (size > LARGEST_PICTURE_BYTES) {
    return `This picture has ${sizeWords(size)}, and 4 MB is the most that can be sent. Choose a smaller one.`
  }
  return undefined
}
