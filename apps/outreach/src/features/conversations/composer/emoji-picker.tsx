'use client'

export interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void
}

export function EmojiPicker({ onPick }: EmojiPickerProps) {
  return (
    <button type="button" onClick={() => onPick('🙂')}>
      🙂
    </button>
  )
}
