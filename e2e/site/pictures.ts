/** A blue rectangle, 64 by 48 pixels. */
export const bluePicture = {
  contentType: 'image/png',
  base64: [
    'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAkklEQVR42u3Zyw2AQAwDUVdAodyphAa50QYdwP4kHGukFDDvtslq',
    '24/SIwAAAAAAAGDFnNfdOxaAge61Ev2bPs+QQ/oMQz7pYwwZ1ncZ5FnfbpBtfaNBzvUtBpnXfxqiASb17wYAAAAAAACAp4QxoPxr',
    'NGEfSNjIEnbihKtEwl0o5DIXchsNuU7zwQEAAAAAtQEPeNy8QesFPmsAAAAASUVORK5CYII=',
  ].join(''),
} as const

/** A PNG that says it is a JPEG. */
export const notWhatItSays = { ...bluePicture, contentType: 'image/jpeg' } as const

export const blueBytes = Buffer.from(bluePicture.base64, 'base64')
