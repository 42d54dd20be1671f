import type { Finding } from '../finding.ts'
import { seesPath } from '../proxy-sight.ts'
import { inProject, type Rule } from './rule.ts'

/** A matcher is relative to the base path; one that repeats it never matches, and pages are open to everybody. */
export const unmatchedProxy: Rule = ({ hosts }) =>
  hosts.flatMap((host) => {
    const { proxy, basePath } = host
    if (proxy === undefined) return []
    const missed = host.guarded.filter((path) => !seesPath(proxy, path))
    return [
      ...missed.map((witness) =>
        inProject('unmatched-proxy', 'error', { file: proxy.file }, 'matcher', {
          witness,
          why: `${witness} needs a session, and the proxy is not asked for it.`,
          fix: 'Leave the matcher out, and decide inside: what is not named public is refused.',
        }),
      ),
      ...proxy.entries
        .filter(({ source }) => basePath !== '' && (source === basePath || source.startsWith(`${basePath}/`)))
        .map(
          ({ source }): Finding =>
            inProject('unmatched-proxy', 'error', { file: proxy.file }, `matcher ${source}`, {
              witness: source.replace(/\/?[:(*].*$/, '/x'),
              why: `Next puts the base path before a matcher: this one is for ${basePath}${source}, and no page is there.`,
              fix: `Write ${source.slice(basePath.length) || '/'}.`,
            }),
        ),
    ]
  })
