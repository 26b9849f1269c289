### 日付

month-name =
    { $month ->
       *[other] { $month }月
    }
date-day = { $year }年{ $month_name }
date-month = { $year }年{ $month_name }
