import type { JsonObject } from '../engine/template.ts'

/** A resource that is there. */
export interface Provisioned {
  /** What `Ref` gives. */
  readonly id: string
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes: JsonObject
}
