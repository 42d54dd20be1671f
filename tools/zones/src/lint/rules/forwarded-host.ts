import { believesViewer } from '../believes-viewer.ts'
import { forwardsHeader, witnessOf } from './host-forwarded.ts'
import { atBehavior, originOf, type Rule } from './rule.ts'

/** Next builds redirects and fetches from `x-forwarded-host`. Whoever may choose it chooses where a server sends its requests. */
export const forwardedHostNotOverwritten: Rule = (model) =>
  model.distributions.flatMap((one) =>
    one.claims.flatMap((claim) => {
      if (originOf(one, claim)?.kind !== 'function-url' || !forwardsHeader(claim, 'x-forwarded-host')) return []
      const witness = witnessOf(claim, model)
      const { viewerRequest } = claim.behavior
      // Its source is elsewhere: it may well do it.
      if (viewerRequest?.name.startsWith('unknown:')) return []
      if (viewerRequest !== undefined && !believesViewer(viewerRequest, witness)) return []
      const what =
        viewerRequest === undefined
          ? 'no viewer-request function runs here'
          : `function ${viewerRequest.name} lets it pass`
      return [
        atBehavior('forwarded-host-not-overwritten', 'warning', one, claim, {
          witness,
          why: `A viewer's own x-forwarded-host reaches ${claim.behavior.targetOriginId}: ${what}.`,
          fix: "In a viewer-request function, always: request.headers['x-forwarded-host'] = { value: request.headers.host.value }.",
        }),
      ]
    }),
  )
