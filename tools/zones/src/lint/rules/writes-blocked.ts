import { atBehavior, type Rule, takers } from './rule.ts'

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE']

/** CloudFront answers 403 to methods a behaviour does not allow. */
export const writesBlocked: Rule = (model) =>
  takers(model).flatMap(({ of, claim, zone, takes }) => {
    const missing = WRITES.filter((method) => !claim.behavior.allowedMethods.includes(method))
    if (takes.api === undefined || missing.length === 0) return []
    return [
      atBehavior('writes-blocked', 'error', of, claim, {
        witness: takes.api,
        why: `${takes.api} is part of the API of ${zone.name}, and ${missing.join(', ')} are refused here (403).`,
        fix: 'Allow all seven methods for the API: GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE.',
      }),
    ]
  })
