/** Every line of the public surface of what is built in dist/, sorted. */
export declare function publicSurface(): Promise<string[]>
