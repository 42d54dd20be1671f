/** Name of the channel on which the sign-in window tells the other pages of this origin that somebody signed in. */
const CHANNEL = 'sax-session'
const SIGNED_IN = 'signed-in'

/** Tells every other page of this origin. */
export function announceSignedIn(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(SIGNED_IN)
  channel.close()
}

/** Calls `listener` whenever another page of this origin announces a sign-in. Answers how to stop. */
export function onSignedIn(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', (event) => {
    if (event.data === SIGNED_IN) listener()
  })
  return () => channel.close()
}

/** A key of the storage that is there for a moment. Other tabs hear of it after what was removed before it, in that order. */
export const SIGNED_OUT = 'sax-signed-out'

/** Calls `listener` when this person signs out in any tab of this origin, this one too. Answers how to stop. */
export function onSignedOut(saxId: number, listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === SIGNED_OUT && event.newValue === String(saxId)) listener()
  }
  window.addEventListener('storage', onStorage)
  return () => window.removeEventListener('storage', onStorage)
}
