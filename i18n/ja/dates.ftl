### 日付

month-name =
    { $month ->
       *[other] { $month }月
    }
date-day = { $year }年{ $month_name }{ $day }日
date-month = { $year }年{ $month_name }
