"""What people read: tables, charts, the HTML report, the workbook and the PDF."""
