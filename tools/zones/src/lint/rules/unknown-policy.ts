import {
  managedCachePolicies,
  managedOriginRequestPolicies,
  managedResponseHeadersPolicies,
} from '@sax/topology/cloudfront'
import { nearestId } from '../nearest-id.ts'
import { telling } from '../territory.ts'
import { atBehavior, type Rule } from './rule.ts'

const TABLES: Readonly<Record<string, Readonly<Record<string, { readonly name: string }>>>> = {
  unknown_cache_policy: managedCachePolicies,
  unknown_origin_request_policy: managedOriginRequestPolicies,
  unknown_response_headers_policy: managedResponseHeadersPolicies,
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Ids copied by hand. One that is a few characters off a managed policy is that policy misspelt. */
export const unknownPolicy: Rule = ({ distributions, zones }) =>
  distributions.flatMap((one) =>
    one.problems.flatMap((problem) => {
      const table = TABLES[problem.code]
      if (table === undefined) return []
      const claim = one.claims.find(({ pattern }) => pattern === problem.behavior)
      const taken = claim && telling(claim, zones)
      const near = nearestId(problem.subject, Object.keys(table))
      const name = near === undefined ? undefined : table[near]?.name
      const known = near !== undefined || !UUID.test(problem.subject)
      return [
        atBehavior('unknown-policy', known ? 'error' : 'warning', one, claim ?? { place: problem.where }, {
          witness: taken ?? '/',
          why:
            near === undefined
              ? `${problem.subject} is neither a managed policy of AWS nor in this file, so what it does cannot be judged.`
              : `${problem.subject} does not exist; ${near} is ${name}.`,
          fix:
            near === undefined
              ? 'Correct the id, or give the template that holds the policy.'
              : `Write ${near}, or refer to the policy by name so that nobody copies ids.`,
        }),
      ]
    }),
  )
