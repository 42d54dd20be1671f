import { usePreference } from '@sax/ui/use-preference'

/** Whether Enter sends, as the person chose in this browser. At first it does not: a message cannot be taken back. */
export function useEnterSends(): readonly [boolean, (sends: boolean) => void] {
  return usePreference('enter-sends', { byDefault: false, earlier: 'outreach-enter-sends' })
}
