import { anyAnswer, either, gaveNoToken, isBypassed } from './looks.ts'
import type { Observations } from './observations.ts'
import { type SymptomName, symptomNames } from './symptom-names.ts'
import { type Finding, type Look, lookAt, type Tree, walk } from './tree.ts'
import { badGateway, isBroken } from './trees/bad-gateway.ts'
import { blankPage, isBlank } from './trees/blank-page.ts'
import { missingTenant } from './trees/missing-tenant.ts'
import { isLoop, redirectLoop } from './trees/redirect-loop.ts'
import { releases, skew } from './trees/skew.ts'
import { isCached, stalePage } from './trees/stale-page.ts'
import { staticFiles } from './trees/static-files.ts'
import { unauthorized } from './trees/unauthorized.ts'

interface Symptom {
  /** Whether it is there now. */
  readonly isThere: (seen: Observations) => Look
  readonly tree: Tree
}

const TOKENS = ['api.host.cookie', 'api.host.header', 'api.outreach.cookie', 'api.outreach.header'] as const

/** In the order in which one explains the next. */
export const symptoms: Readonly<Record<SymptomName, Symptom>> = {
  '502': { isThere: isBroken, tree: badGateway },
  '400-tenant': {
    isThere: (seen) => anyAnswer(seen, ['api.host.cookie', 'api.outreach.cookie'], isBypassed),
    tree: missingTenant,
  },
  '401': {
    isThere: (seen) =>
      either(
        gaveNoToken(seen),
        anyAnswer(seen, TOKENS, ({ status }) => status === 401),
      ),
    tree: unauthorized,
  },
  'static-404': {
    isThere: (seen) =>
      anyAnswer(seen, ['asset.host', 'asset.outreach'], ({ status }) => status === 403 || status === 404),
    tree: staticFiles,
  },
  'blank-page': {
    isThere: (seen) => anyAnswer(seen, ['page.host.token', 'page.outreach.token'], isBlank),
    tree: blankPage,
  },
  'redirect-loop': {
    isThere: (seen) => lookAt(seen.redirects, (chain) => ({ is: isLoop(chain), evidence: '' })),
    tree: redirectLoop,
  },
  'stale-page': {
    isThere: (seen) => anyAnswer(seen, ['page.host.token', 'page.outreach.token'], isCached),
    tree: stalePage,
  },
  skew: {
    isThere: (seen) =>
      lookAt(releases(seen), (said) => ({ is: new Set(said.map(({ release }) => release)).size > 1, evidence: '' })),
    tree: skew,
  },
}

export interface Diagnosis {
  readonly symptom: SymptomName
  /** Whether it was there when the doctor looked; a person may ask about one that is not. */
  readonly presence: Look['answer']
  readonly finding: Finding
}

/** What is the matter: the symptom that was named, or each that is there. */
export function diagnose(seen: Observations, named: SymptomName | undefined): readonly Diagnosis[] {
  return symptomNames
    .map((symptom) => ({ symptom, presence: symptoms[symptom].isThere(seen).answer }))
    .filter(({ symptom, presence }) => (named === undefined ? presence === 'yes' : symptom === named))
    .map(({ symptom, presence }) => ({ symptom, presence, finding: walk(symptoms[symptom].tree, seen) }))
}

/** Symptoms of which nobody can say whether they are there. */
export function undecided(seen: Observations): readonly { readonly symptom: SymptomName; readonly why: string }[] {
  return symptomNames.flatMap((symptom) => {
    const look = symptoms[symptom].isThere(seen)
    return look.answer === 'unseen' ? [{ symptom, why: look.why }] : []
  })
}
