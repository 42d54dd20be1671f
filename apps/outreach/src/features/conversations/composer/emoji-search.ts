export interface NamedEmoji {
  readonly emoji: string
  readonly name: string
}

export interface EmojiGroup {
  readonly name: string
  readonly emojis: readonly NamedEmoji[]
}

/** Groups with the emoji whose names hold every word of `query`; groups without any are left out. */
export function emojiMatching(groups: readonly EmojiGroup[], query: string): readonly EmojiGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return groups
  return groups
    .map(({ name, emojis }) => ({
      name,
      emojis: emojis.filter((one) => words.every((word) => one.name.toLowerCase().includes(word))),
    }))
    .filter(({ emojis }) => emojis.length > 0)
}
