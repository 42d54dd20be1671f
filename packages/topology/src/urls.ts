import { host, outreach } from './zones.ts'

/** Path of a page of the host, for example `hostPath('patients')` -> `/patients`. Segments are encoded. */
export function hostPath(...segments: readonly string[]): string {
  return `${host.basePath}/${encode(segments)}`
}

/** Path of a page of the zone, for example `outreachPath('templates')` -> `/outreach/templates`. Segments are encoded. */
export function outreachPath(...segments: readonly string[]): string {
  return segments.length === 0 ? outreach.basePath : `${outreach.basePath}/${encode(segments)}`
}

/** Path of an API route of the zone, for example `/outreach/api/outreach/templates`. Segments are encoded. */
export function outreachApiPath(...segments: readonly string[]): string {
  return segments.length === 0 ? outreach.apiPath : `${outreach.apiPath}/${encode(segments)}`
}

/** Where a person signs in, coming back to `returnTo` (a path on the host's name) afterwards. */
export function loginPath(returnTo: string): string {
  return `${hostPath('login')}?${new URLSearchParams({ returnTo })}`
}

/** Where the host renews the user context of a live session. */
export const userContextPath = `${host.apiPath}/user-context`

function encode(segments: readonly string[]): string {
  return segments.map(encodeURIComponent).join('/')
}

/** Where the host switches the practice of a live session (POST `{practiceId}`). */
export const practicePath = `${host.apiPath}/practice`
