import { SaxesParser, type SaxesTag, type SaxesTagPlain } from 'saxes';

import { decoderOf, FileFault } from '../file/charset.driver.js';

export interface XmlHandlers {
  open(name: string, tag: SaxesTagPlain): void;
  text(text: string): void;
  close(name: string): void;
}

export interface XmlPlace {
  line: number;
  column: number;
}

/** One row of a table, with room to spare; bounds what a file without tags can make us hold. */
const quietCharactersMax = 1 << 20;
/** Tables are flat. */
const depthMax = 32;

/**
 * Walks through XML as it comes and yields after each piece, so that whoever listens can hand rows on. Document types
 * are refused, with them every entity that is not one of the five; so are deep nests and endless elements.
 */
export async function* scanXml(
  pieces: AsyncIterable<Buffer>,
  charset: 'utf-8' | 'gb18030',
  handlers: XmlHandlers,
): AsyncGenerator<XmlPlace> {
  const walk = new XmlWalk(handlers);
  const decoder = decoderOf(charset);
  let bytes = 0;
  for await (const piece of pieces) {
    walk.feed(decoded(decoder, { piece, charset, bytes }));
    bytes += piece.length;
    yield walk.place();
  }
  walk.feed(decoded(decoder, { piece: null, charset, bytes }));
  walk.end();
  yield walk.place();
}

function decoded(
  decoder: ReturnType<typeof decoderOf>,
  { piece, charset, bytes }: { piece: Buffer | null; charset: string; bytes: number },
): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch {
    throw new FileFault({
      code: 'FILE_ENCODING',
      zh: `文件不是 ${charset} 编码：第 ${bytes + 1} 字节之后无法解码；请按文件声明的编码保存`,
      en: `the file is not ${charset}: there is no text after byte ${bytes + 1}. Save it in the encoding that it declares`,
      byte: bytes + 1,
    });
  }
}

class XmlWalk {
  private readonly parser = new SaxesParser({ position: true });
  private depth = 0;
  private fed = 0;
  private heardAt = 0;
  private begun = false;

  constructor(private readonly handlers: XmlHandlers) {
    this.parser.on('doctype', () => this.refuseDoctype());
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('closetag', ({ name }) => {
      this.depth -= 1;
      this.heardAt = this.fed;
      handlers.close(localName(name));
    });
    this.parser.on('text', (text) => handlers.text(text));
    this.parser.on('cdata', (text) => handlers.text(text));
    this.parser.on('error', (error) => {
      throw this.broken(error.message);
    });
  }

  feed(text: string): void {
    // A mark of the byte order is no part of the document.
    const plain = this.begun || text === '' ? text : text.replace(/^\ufeff/, '');
    this.begun ||= text !== '';
    this.fed += plain.length;
    this.parser.write(plain);
    if (this.fed - this.heardAt > quietCharactersMax + plain.length) throw this.endless();
  }

  end(): void {
    this.parser.close();
  }

  place(): XmlPlace {
    return { line: this.parser.line, column: this.parser.column + 1 };
  }

  private open(tag: SaxesTag): void {
    this.depth += 1;
    this.heardAt = this.fed;
    if (this.depth > depthMax) throw this.broken(`more than ${depthMax} elements inside one another`);
    // Without namespaces, which we do not ask for, values are plain texts.
    this.handlers.open(localName(tag.name), tag as SaxesTagPlain);
  }

  private refuseDoctype(): never {
    const { line, column } = this.place();
    throw new FileFault({
      code: 'FILE_DTD',
      zh: `第 ${line} 行含有 DOCTYPE 声明，出于安全不予读取；请去掉该声明后重新报送`,
      en: `line ${line} declares a document type, which is not read for safety: leave it out and deliver the file again`,
      line,
      column,
    });
  }

  private endless(): FileFault {
    const { line, column } = this.place();
    return new FileFault({
      code: 'FILE_LIMIT',
      zh: `第 ${line} 行的一个元素过长（超过 100 万字符），不是表格数据`,
      en: `an element at line ${line} goes on for more than a million characters: this is no table`,
      line,
      column,
    });
  }

  private broken(message: string): FileFault {
    const { line, column } = this.place();
    const what = message.replace(/^\d+:\d+: /, '').slice(0, 200);
    return new FileFault({
      code: 'FILE_XML',
      zh: `第 ${line} 行第 ${column} 列附近的 XML 不合规范（${what}）；文件可能被截断，请重新导出并报送`,
      en: `the XML is not well-formed near line ${line}, column ${column} (${what}): it may be cut, export it again`,
      line,
      column,
    });
  }
}

/** `x:row` and `row` are one name: files differ in their prefixes and never in what they mean. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
