import type { NormalizedSchema } from '@smithy/core/schema'

/** How a time is written where the model does not say otherwise. */
export type TimeFormat = 'date-time' | 'http-date' | 'epoch-seconds'

/** The SDK's numbers for the formats of the `timestampFormat` trait. */
const FORMATS: Readonly<Record<number, TimeFormat>> = { 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' }

/** A simple value as text. */
export function scalarText(schema: NormalizedSchema, value: unknown, otherwise: TimeFormat): string {
  if (value instanceof Date) {
    switch (timeFormat(schema, otherwise)) {
      case 'date-time':
        return value.toISOString()
      case 'http-date':
        return value.toUTCString()
      case 'epoch-seconds':
        return String(value.getTime() / 1000)
    }
  }
  if (schema.isBlobSchema()) return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(value)
  return String(value)
}

/** A simple value from text. Text that is no number or time stays what it is, so that the operation refuses it. */
export function scalarValue(schema: NormalizedSchema, text: string): unknown {
  if (schema.isBooleanSchema()) return text === 'true'
  if (schema.isNumericSchema() || schema.isBigIntegerSchema()) return Number(text)
  if (schema.isTimestampSchema()) return new Date(/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : text)
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'))
  return text
}

function timeFormat(schema: NormalizedSchema, otherwise: TimeFormat): TimeFormat {
  const own = schema.getSchema()
  return (typeof own === 'number' ? FORMATS[own] : undefined) ?? otherwise
}
