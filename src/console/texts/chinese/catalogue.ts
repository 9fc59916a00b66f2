/** The Chinese of every sentence that a table or a message of the mock says in English. */
export const chinese: Readonly<Record<string, string>> = {}
