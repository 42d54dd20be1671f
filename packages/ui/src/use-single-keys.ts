'use client'

import { usePreference } from './use-preference.ts'

/**
 * Whether single letters and signs do something by themselves. A person can switch them off, for speech that is taken
 * for typing, and fingers that touch keys unasked, would set them off.
 * @source WCAG 2.1, 2.1.4 Character Key Shortcuts
 */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  return usePreference('single-keys', { byDefault: true })
}
