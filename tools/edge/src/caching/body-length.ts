/**
 * The same bytes, failing when they are not as many as the origin announced: a viewer must see a cut answer as cut, and
 * no copy of it is kept.
 * @source AWS CloudFront Developer Guide, "Dropped TCP connections"
 */
export function lengthChecked(body: ReadableStream<Uint8Array>, declaredBytes: number): ReadableStream<Uint8Array> {
  let seenBytes = 0
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seenBytes += chunk.byteLength
        if (seenBytes > declaredBytes) throw new Error('the origin sent more bytes than it announced')
        controller.enqueue(chunk)
      },
      flush() {
        if (seenBytes < declaredBytes) throw new Error('the origin sent fewer bytes than it announced')
      },
    }),
  )
}
