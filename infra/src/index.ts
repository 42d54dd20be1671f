export { exampleFacts } from './example-facts.ts'
export { type StageTemplate, type StageTemplatesProps, stageTemplates } from './stage-templates.ts'
