import { ofResources } from './template-resources.ts'

/** The oldest Node.js that AWS still maintains. @source AWS Lambda Developer Guide, "Lambda runtimes": nodejs20.x ends April 2026 */
const OLDEST_NODE = 22
const CURRENT = 'nodejs24.x'

export const endOfLifeRuntime = ofResources('end-of-life-runtime', 'error', 'AWS::Lambda::Function', ({ Runtime }) => {
  const major = /^nodejs(\d+)\./.exec(String(Runtime))?.[1]
  if (major === undefined || Number(major) >= OLDEST_NODE) return []
  return [{ why: `${String(Runtime)} gets no security fixes any more.`, fix: `Runtime: ${CURRENT}.` }]
})
