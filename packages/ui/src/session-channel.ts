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
