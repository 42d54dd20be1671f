/** An input that cannot be judged. The message is a sentence for the person who gave it, and says what to do. */
export class UnreadableInput extends Error {
  override readonly name = 'UnreadableInput'
}
