import type { EntityManager } from 'typeorm';

/** SQL: the grade of a bank's service at an instant; null while it has none. Both are expressions of the query around. */
export const gradeSql = (institution: string, at: string): string => `
  (select grade from institution_grade as graded
   where graded.institution_id = ${institution} and graded.effective_from <= ${at}
   order by graded.effective_from desc limit 1)`;

export async function gradeOf(db: EntityManager, institutionId: string, at: Date): Promise<string | null> {
  const [row]: { grade: string | null }[] = await db.query(`select ${gradeSql('$1::uuid', '$2')} as grade`, [
    institutionId,
    at,
  ]);
  return row?.grade ?? null;
}
