import { browserStorage } from './browser-storage.ts'
import { SIGNED_OUT } from './session-channel.ts'
import { forgetWritingOf } from './unsent.ts'

/**
 * Signs a person out: removes what they wrote in this browser, closes their pages in every tab, and goes to `href`,
 * where the host ends the session.
 */
export function signOut(saxId: number, href: string): void {
  const storage = browserStorage()
  for (const key of forgetWritingOf(storage, saxId)) tell(key, null)
  try {
    storage.setItem(SIGNED_OUT, String(saxId))
    storage.removeItem(SIGNED_OUT)
  } catch {
    // Where nothing is kept there is nothing that another tab would bring back.
  }
  tell(SIGNED_OUT, String(saxId))
  window.location.assign(href)
}

/** The browser tells other tabs alone. */
function tell(key: string, newValue: string | null): void {
  window.dispatchEvent(new StorageEvent('storage', { key, newValue }))
}
