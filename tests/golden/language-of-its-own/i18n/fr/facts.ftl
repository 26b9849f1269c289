list-and-pair = { $first } et { $second }
list-and-last = { $rest } et { $last }
protocol = { $service } sur { $transport }
transport-both = TCP et UDP
condition-switch =
    { $state ->
        [enabled] « { $option } » est activé
       *[disabled] « { $option } » est désactivé
    }
hosts-own = Votre propre système
