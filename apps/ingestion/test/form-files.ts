import { crc32, deflateRawSync } from 'node:zlib';

import yazl from 'yazl';

/** A zip file with these members, packed as any tool would. */
export async function zipOf(members: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const sheetNames = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface BookWish {
  /** Sheet name and the XML of its rows. */
  sheets?: [name: string, rows: string][];
  strings?: string[];
  date1904?: boolean;
  /** Further parts of the package, or other ones in their place. */
  parts?: Record<string, string | Buffer>;
}

/** A workbook part by part, for what no writer would make. Style 1 is a date, 2 a date of one's own, 3 a time. */
export function bookOf({ sheets = [], strings = [], date1904 = false, parts = {} }: BookWish): Promise<Buffer> {
  const list = sheets.map(([name], at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  const links = sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`);
  const bodies = sheets.map(([, rows], at) => [
    `xl/worksheets/sheet${at + 1}.xml`,
    `${head}<worksheet ${sheetNames}><sheetData>${rows}</sheetData></worksheet>`,
  ]);
  return zipOf({
    '[Content_Types].xml': `${head}<Types/>`,
    'xl/workbook.xml': `${head}<workbook ${sheetNames} xmlns:r="${relations}"><workbookPr${date1904 ? ' date1904="1"' : ''}/>
      <sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships>${links.join('')}</Relationships>`,
    'xl/styles.xml': `${head}<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>
      <numFmt numFmtId="171" formatCode="[h]:mm:ss"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${head}<sst>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ...Object.fromEntries(bodies),
    ...parts,
  });
}

/** A row of inline texts. */
export const textRow = (number: number, cells: readonly string[]): string =>
  `<row r="${number}">${cells.map((text) => `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`).join('')}</row>`;

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A zip file of one member whose list tells whatever sizes and checksums it is told to. */
export function lyingZip(name: string, content: Buffer, says: { size?: number; sum?: number }): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x800, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(says.sum ?? crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(says.size ?? content.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed]);
  const list = Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, list, end]);
}
