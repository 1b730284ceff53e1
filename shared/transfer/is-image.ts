/** Endings of files that documents and sheets show as pictures. */
const IMAGE = /\.(png|jpe?g|gif|bmp|webp)$/i

/** 创建浮动图片: up to 20 MB; a larger picture is a file like any other. */
export const IMAGE_LIMIT_BYTES = 20 * 1024 * 1024

/** Checks whether a file of this name and size can be shown as a picture. */
export function isImage(fileName: string, sizeBytes: number): boolean {
  return isImageName(fileName) && sizeBytes <= IMAGE_LIMIT_BYTES
}

export function isImageName(fileName: string): boolean {
  return IMAGE.test(fileName)
}
