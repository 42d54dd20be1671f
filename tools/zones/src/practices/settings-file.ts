import { type TenantSettings, tenantSettings } from '@sax/release'

/** A file of settings, or every fault of it with its place, without repeating what stands there. */
export function parseSettings(
  text: string,
): { readonly kind: 'settings'; readonly settings: TenantSettings } | { readonly kind: 'wrong'; readonly why: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'wrong', why: 'It is no JSON.' }
  }
  const { success, data, error } = tenantSettings.safeParse(value)
  if (success) return { kind: 'settings', settings: data }
  const faults = error.issues.map(
    ({ path, message }) => `  ${path.length === 0 ? 'the whole' : path.join('.')}: ${message}`,
  )
  return { kind: 'wrong', why: faults.join('\n') }
}
