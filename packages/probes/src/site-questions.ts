import { outreachApiPath } from '@sax/topology'
import type { Asker, Credential, Door, HttpQuestion, TokenFlaw } from './question.ts'

/** The two public front doors, in the order they are probed. */
export const doors = ['host', 'outreach'] as const satisfies readonly Door[]
export type PublicDoor = (typeof doors)[number]

/** A token of `of`; by default in the cookie, as the checklist's commands send it. */
export function tokenOf(of: Asker, place: 'cookie' | 'header' | 'bearer' = 'cookie', flaw?: TokenFlaw): Credential {
  return { kind: 'token', in: place, of, ...(flaw === undefined ? {} : { flaw }) }
}

/** The template list as the checklist asks for it. */
export function templatesQuestion(door: PublicDoor, carries: readonly Credential[]): HttpQuestion {
  return { kind: 'http', door, path: outreachApiPath('templates'), carries }
}

/** The template list at the backend itself, around the zone. The backend's base path is not a zone path. */
export function backendTemplates(
  headers: Readonly<Record<string, string>>,
  carries: readonly Credential[] = [],
): HttpQuestion {
  return { kind: 'http', door: 'backend', path: '/outreach/templates', headers, carries }
}

/** The backend's own health answer, around the zone. */
export const backendHealth: HttpQuestion = { kind: 'http', door: 'backend', path: '/outreach/health' }
